import { JOURNAL_PAGE_BYTES } from "../limits";

/** Bytes that are kept: from `start` to `end` of a page that others share. */
export interface KeptBytes {
  readonly page: Buffer;
  readonly start: number;
  readonly end: number;
}

/**
 * Many small bodies in a few buffers. As strings each one would be copied twice by V8's collector before it stays, and as the socket's
 * buffers they would keep the heads of their requests, tokens included. A page goes with the last record that points into it.
 */
export class BodyPages {
  private page = Buffer.alloc(0);
  private used = 0;

  keep(bytes: Buffer): KeptBytes {
    if (bytes.length > JOURNAL_PAGE_BYTES / 4) return { page: Buffer.from(bytes), start: 0, end: bytes.length };
    if (this.used + bytes.length > this.page.length) {
      this.page = Buffer.allocUnsafeSlow(JOURNAL_PAGE_BYTES);
      this.used = 0;
    }
    const start = this.used;
    this.page.set(bytes, start);
    this.used += bytes.length;
    return { page: this.page, start, end: this.used };
  }
}

export function bytesOf({ page, start, end }: KeptBytes): Buffer {
  return page.subarray(start, end);
}
