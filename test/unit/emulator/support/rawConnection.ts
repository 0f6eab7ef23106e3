import { connect } from "node:net";
import type { Socket } from "node:net";

/** One keep-alive connection that sends bytes as they are and reads answers with a Content-Length, as the emulator's all are. */
export class RawConnection {
  private socket: Socket | undefined;
  private received = Buffer.alloc(0);
  private wake: () => void = () => undefined;

  constructor(private readonly port: number) {}

  /** The status of the answer; 0 when the connection ended, or fell silent, without a whole one. A new connection is made when there is none. */
  async send(bytes: Buffer, hasBody: boolean): Promise<number> {
    const socket = (this.socket ??= this.open());
    socket.write(bytes);
    for (;;) {
      const status = this.take(hasBody);
      if (status !== undefined) return status;
      if (socket.destroyed) {
        this.close();
        return 0;
      }
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  close(): void {
    this.socket?.destroy();
    this.socket = undefined;
    this.received = Buffer.alloc(0);
  }

  private open(): Socket {
    const socket = connect(this.port, "127.0.0.1").setTimeout(10_000, () => socket.destroy());
    socket.on("data", (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
      this.wake();
    });
    socket.on("error", () => undefined).on("end", () => socket.destroy());
    socket.on("close", () => {
      this.wake();
    });
    return socket;
  }

  /** Takes one whole answer off what has been received. */
  private take(hasBody: boolean): number | undefined {
    const end = this.received.indexOf("\r\n\r\n");
    if (end < 0) return undefined;
    const head = this.received.subarray(0, end).toString("latin1");
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? NaN);
    const length =
      hasBody && status >= 200 && status !== 204 ? Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0) : 0;
    if (this.received.length < end + 4 + length) return undefined;
    this.received = this.received.subarray(end + 4 + length);
    if (/^connection: *close/im.test(head)) this.close();
    return status;
  }
}
