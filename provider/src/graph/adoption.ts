import type { Values } from "../model/body";
import type { EntityDescriptor } from "../model/entityDescriptor";
import { equalEntity } from "../model/equality";
import type { WireEntity } from "../model/wireEntity";
import type { Claims } from "./claims";
import type { ParentKeys } from "./operationRequest";

/**
 * Takes rows that a run before has made and did not live to record, in place of making them again. Opted in by
 * `intune:adopt`, for a row that equals the inputs may as well belong to somebody else.
 * Each collection is listed once a run, before the first create in it.
 */
export class Adoption {
  private readonly collections = new Map<string, Promise<readonly WireEntity[]>>();

  constructor(
    private readonly descriptor: EntityDescriptor,
    private readonly list: (parents: ParentKeys) => AsyncIterable<WireEntity>,
    private readonly claims: Claims,
  ) {}

  /** A row that equals the body in every property and that no resource of this run has; it is claimed. */
  async take(parents: ParentKeys, body: Values): Promise<WireEntity | undefined> {
    const rows = await this.rowsOf(parents);
    const row = rows.find(
      ({ id, properties }) => !this.claims.has(id) && equalEntity(this.descriptor, properties, body),
    );
    if (row !== undefined) this.claims.claim(row.id);
    return row;
  }

  private rowsOf(parents: ParentKeys): Promise<readonly WireEntity[]> {
    const key = JSON.stringify(parents);
    const known = this.collections.get(key);
    if (known !== undefined) return known;
    const rows = this.readAll(parents);
    this.collections.set(key, rows);
    // A list that failed is asked for again by the next create.
    rows.catch(() => this.collections.delete(key));
    return rows;
  }

  private async readAll(parents: ParentKeys): Promise<readonly WireEntity[]> {
    const rows: WireEntity[] = [];
    for await (const row of this.list(parents)) rows.push(row);
    return rows;
  }
}
