import { isTlsCode } from "../transportCodes";

/** Why a host gave nothing usable: the code of the socket's failure, or the status it answered with. */
export interface HostFailure {
  readonly origin: string;
  readonly code: string | undefined;
  readonly status: number | undefined;
}

/** What Entra said, e.g. code 7000215. */
export interface EntraAnswer {
  readonly code: number;
  readonly description: string;
}

/**
 * What an attempt to sign in leaves behind for its explanation. The library keeps causes back: an untrusted certificate, a
 * refused connection and a tenant that does not exist all end in its `endpoints_resolution_error`.
 */
export class Evidence {
  /** Struck out of every message. */
  private readonly secrets = new Set<string>();
  private failures: HostFailure[] = [];
  private answer: EntraAnswer | undefined;

  keepSecret(text: string): void {
    if (text !== "") this.secrets.add(text);
  }

  noteFailure(failure: HostFailure): void {
    this.failures.push(failure);
  }

  noteAnswer(answer: EntraAnswer): void {
    this.answer ??= answer;
  }

  /** Forget what an earlier attempt met. */
  clear(): void {
    this.failures = [];
    this.answer = undefined;
  }

  entraAnswer(): EntraAnswer | undefined {
    return this.answer;
  }

  /** The last failure; one of a certificate goes before, since what comes after it is its consequence. */
  lastFailure(isMeant: (failure: HostFailure) => boolean = () => true): HostFailure | undefined {
    const meant = this.failures.filter(isMeant);
    return meant.find(({ code }) => code !== undefined && isTlsCode(code)) ?? meant.at(-1);
  }

  /** One line without secrets, tokens (anything that looks like a JWT) and addresses of persons. */
  withoutSecrets(text: string): string {
    let plain = text;
    for (const secret of this.secrets) plain = plain.replaceAll(secret, "[secret]");
    return plain
      .replace(/eyJ[\w-]+(\.[\w-]*)*/g, "[token]")
      .replace(/[^\s'"<>@]+@[^\s'"<>@]+/g, "[withheld]")
      .replace(/\s+/g, " ")
      .trim();
  }
}

/** Entra's error in a message or body: `AADSTS7000215: text Trace ID: …`. */
export function entraAnswerIn(text: string): EntraAnswer | undefined {
  const [, code, description] = /AADSTS(\d+):\s*([\s\S]*?)(?=\s*Trace ID:|\\r\\n|\r?\n|"|$)/.exec(text) ?? [];
  return code === undefined ? undefined : { code: Number(code), description: description ?? "" };
}
