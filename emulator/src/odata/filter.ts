import { MAX_FILTER_CHARACTERS, MAX_FILTER_DEPTH } from "../limits";
import type { Entity, EntityType, Version } from "../model/entityType";
import { badQuery } from "./badQuery";
import { literalOf } from "./literal";
import { compare, operandOf } from "./operand";
import type { Comparable, Operand } from "./operand";
import { tokenize } from "./tokens";
import type { Token } from "./tokens";

/** Null: it cannot be said, since a function met a null; an entity is listed only where it is true. */
type Verdict = boolean | null;
type Expression = (entity: Entity) => Verdict;

/** OData URL conventions 4.01 section 5.1.1.1.1–6. With a null on one side only eq and ne can be true. */
const COMPARISONS: Readonly<Record<string, (order: number, isNull: boolean) => boolean>> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  gt: (order, isNull) => !isNull && order > 0,
  ge: (order, isNull) => !isNull && order >= 0,
  lt: (order, isNull) => !isNull && order < 0,
  le: (order, isNull) => !isNull && order <= 0,
};

/** Section 5.1.1.5. */
const FUNCTIONS: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
  contains: (text, part) => text.includes(part),
};

/**
 * The predicate a `$filter` describes: eq, ne, gt, ge, lt, le, in, and, or, not, parentheses, startswith, endswith, contains; a
 * property stands on the left. Texts are compared by code unit and with case. Assumption: that comparison.
 * @throws {GraphError} 400 naming what is wrong and where
 */
export function parseFilter(text: string, type: EntityType, version: Version): (entity: Entity) => boolean {
  if (text.length > MAX_FILTER_CHARACTERS)
    throw badQuery("$filter", `is longer than ${MAX_FILTER_CHARACTERS} characters`);
  const parser = new FilterParser(tokenize(text), type, version);
  const expression = parser.parse();
  return (entity) => expression(entity) === true;
}

class FilterParser {
  private next = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly type: EntityType,
    private readonly version: Version,
  ) {}

  parse(): Expression {
    const expression = this.or();
    if (this.peek().kind !== "end") throw this.unexpected("'and', 'or' or the end");
    return expression;
  }

  private or(): Expression {
    const parts = [this.and()];
    while (this.takeWord("or")) parts.push(this.and());
    return parts.length === 1 ? (parts[0] ?? never) : (entity) => anyOf(parts, entity, true);
  }

  private and(): Expression {
    const parts = [this.not()];
    while (this.takeWord("and")) parts.push(this.not());
    return parts.length === 1 ? (parts[0] ?? never) : (entity) => anyOf(parts, entity, false);
  }

  private not(): Expression {
    if (!this.takeWord("not")) return this.primary();
    const inner = this.deeper(() => this.not());
    return (entity) => {
      const verdict = inner(entity);
      return verdict === null ? null : !verdict;
    };
  }

  private primary(): Expression {
    if (this.takeMark("(")) {
      const inner = this.deeper(() => this.or());
      this.expectMark(")");
      return inner;
    }
    const { kind, text } = this.peek();
    if (kind !== "name") throw this.unexpected("a property");
    this.next++;
    if (this.takeMark("(")) return this.call(text);
    const operand = operandOf("$filter", text, this.type, this.version);
    return this.takeWord("in") ? this.membership(operand) : this.comparison(operand);
  }

  private comparison(operand: Operand): Expression {
    const { kind, text } = this.peek();
    const holds = kind === "name" && Object.hasOwn(COMPARISONS, text) ? COMPARISONS[text] : undefined;
    if (holds === undefined) throw this.unexpected(`${Object.keys(COMPARISONS).join(", ")} or in`);
    this.next++;
    const value = this.literal(operand);
    return (entity) => {
      const own = operand.read(entity);
      return holds(compare(own, value), own === null || value === null);
    };
  }

  private membership(operand: Operand): Expression {
    this.expectMark("(");
    const values: Comparable[] = [];
    do values.push(this.literal(operand));
    while (this.takeMark(","));
    this.expectMark(")");
    return (entity) => values.includes(operand.read(entity));
  }

  /** `startswith(name,'text')`, also with the ` eq true` that some generators of filters add. */
  private call(name: string): Expression {
    const applies = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (applies === undefined) {
      throw badQuery("$filter", `calls '${name}', which is not served: ${Object.keys(FUNCTIONS).join(", ")} are`);
    }
    const operand = operandOf("$filter", this.take("name", "a property"), this.type, this.version);
    if (operand.type !== "Edm.String")
      throw badQuery("$filter", `calls '${name}' on '${operand.name}', which is no text`);
    this.expectMark(",");
    const part = this.take("string", "a text in quotes");
    this.expectMark(")");
    const wanted = this.takeWord("eq") ? this.take("name", "true or false") === "true" : true;
    return (entity) => {
      const text = operand.read(entity);
      return typeof text === "string" ? applies(text, part) === wanted : null;
    };
  }

  private literal(operand: Operand): Comparable {
    const first = this.tokens[this.next++];
    const second = this.peek();
    // `microsoft.graph.complianceStatus'error'`: a name with a text right behind it.
    const isQualified = first?.kind === "name" && second.kind === "string";
    if (isQualified) this.next++;
    const value = first === undefined ? undefined : literalOf(operand, first, isQualified ? second : undefined);
    if (value !== undefined) return value;
    this.next--;
    throw this.unexpected(`a value for '${operand.name}'`);
  }

  private deeper(parse: () => Expression): Expression {
    if (++this.depth > MAX_FILTER_DEPTH) throw badQuery("$filter", `is nested more than ${MAX_FILTER_DEPTH} deep`);
    const expression = parse();
    this.depth--;
    return expression;
  }

  private peek(): Token {
    return this.tokens[this.next] ?? END;
  }

  private take(kind: Token["kind"], what: string): string {
    const token = this.peek();
    if (token.kind !== kind) throw this.unexpected(what);
    this.next++;
    return token.text;
  }

  private takeWord(word: string): boolean {
    const { kind, text } = this.peek();
    const isIt = kind === "name" && text === word;
    if (isIt) this.next++;
    return isIt;
  }

  private takeMark(mark: string): boolean {
    const { kind, text } = this.peek();
    const isIt = kind === "mark" && text === mark;
    if (isIt) this.next++;
    return isIt;
  }

  private expectMark(mark: string): void {
    if (!this.takeMark(mark)) throw this.unexpected(`'${mark}'`);
  }

  private unexpected(wanted: string): Error {
    const { kind, text, position } = this.peek();
    const seen = kind === "end" ? "its end" : `'${text}'`;
    return badQuery("$filter", `has ${seen} at position ${position}, where ${wanted} belongs`);
  }
}

const END: Token = { kind: "end", text: "", position: 0 };
const never: Expression = () => false;

/** `or` where one that is true decides, `and` where one that is false does; an undecided part leaves the rest to decide. */
function anyOf(parts: readonly Expression[], entity: Entity, deciding: boolean): Verdict {
  let verdict: Verdict = !deciding;
  for (const part of parts) {
    const one = part(entity);
    if (one === deciding) return deciding;
    if (one === null) verdict = null;
  }
  return verdict;
}
