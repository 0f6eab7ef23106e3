import { createBody, updateBody, type Values } from "../model/body";
import type { EntityDescriptor } from "../model/entityDescriptor";
import { entityKey } from "../model/equality";
import { readWireEntity, type WireEntity, wireId } from "../model/wireEntity";
import { Adoption } from "./adoption";
import type { Claims } from "./claims";
import type { GraphClient } from "./client";
import { AnswerError, ShapeError } from "./errors";
import { findLostEntity } from "./findLostEntity";
import { listEntities } from "./listEntities";
import {
  type Operation,
  operationRequest,
  type OperationRequest,
  type OperationTime,
  type ParentKeys,
  parseJson,
  requestFacts,
} from "./operationRequest";
import { RowReader } from "./rowReader";
import { TwinCreates } from "./twinCreates";

export interface EntitySetOptions {
  /** Whether a create may take a row that equals it and that a run before has left behind. */
  readonly adopt: boolean;
}

/** The operations Graph documents on one contained collection. */
export class EntitySet {
  private readonly reader: RowReader;
  private readonly twins = new TwinCreates();
  private readonly adoption: Adoption | undefined;

  constructor(
    readonly descriptor: EntityDescriptor,
    private readonly client: GraphClient,
    private readonly claims: Claims,
    options: EntitySetOptions,
  ) {
    const list = (parents: ParentKeys) => this.list(parents, this.client.newOperation("read"));
    this.reader = new RowReader({ list, get: (parents, id) => this.get(parents, id) }, Date.now);
    this.adoption = options.adopt ? new Adoption(descriptor, list, this.claims) : undefined;
  }

  /**
   * `POST` → 201 and the entity. One request; if its answer is lost, the row is looked for before anything is sent again.
   * @throws {ShapeError} with `id` set if the row exists but cannot be read
   */
  async create(parents: ParentKeys, inputs: Values): Promise<WireEntity> {
    const body = createBody(this.descriptor, inputs);
    const adopted = await this.adoption?.take(parents, body);
    if (adopted !== undefined) return adopted;
    const key = JSON.stringify([parents, entityKey(this.descriptor, body)]);
    return this.twins.run(key, () => this.writing(parents, () => this.post(parents, inputs, body)));
  }

  private async post(parents: ParentKeys, inputs: Values, body: Values): Promise<WireEntity> {
    const request = this.request({ verb: "create", method: "POST", parents, values: inputs });
    const findLost = async (): Promise<WireEntity | undefined> =>
      findLostEntity(this.descriptor, request, this.list(parents, request), body, this.claims);
    let lost: WireEntity | undefined;
    const response = await this.client.send({
      ...request,
      body: JSON.stringify(body),
      findLost: async () => {
        lost = await findLost();
        return lost === undefined ? undefined : { status: 200, headers: {}, body: "", attempts: 1 };
      },
    });
    if (lost !== undefined) return lost;
    const json = parseJson(response.body);
    const id = wireId(json);
    if (id === undefined) return (await findLost()) ?? this.toEntity(request, json);
    this.claims.claim(id);
    return this.toEntity(request, json);
  }

  /** The row, or `undefined` if it is certainly gone. Many reads of one collection become a list of it. */
  find(parents: ParentKeys, id: string): Promise<WireEntity | undefined> {
    return this.reader.find(parents, id);
  }

  /** `PATCH` of the `changed` properties only → 200 and the entity, or no body (`undefined`). */
  async update(
    parents: ParentKeys,
    id: string,
    changed: readonly string[],
    news: Values,
  ): Promise<WireEntity | undefined> {
    const request = this.request({ verb: "update", method: "PATCH", parents, id, values: news });
    const body = JSON.stringify(updateBody(this.descriptor, changed, news));
    const response = await this.writing(parents, () => this.client.send({ ...request, body }));
    return response.body.trim() === "" ? undefined : this.toEntity(request, parseJson(response.body));
  }

  /** `DELETE` → 204. A row that is not there is a success: an earlier answer may have been lost. */
  async delete(parents: ParentKeys, id: string): Promise<void> {
    const request = this.request({ verb: "delete", method: "DELETE", parents, id });
    try {
      await this.writing(parents, () => this.client.send(request));
    } catch (error) {
      if (!(error instanceof AnswerError && error.status === 404)) throw error;
    }
  }

  /** `GET` on the collection, every page of it. */
  private list(parents: ParentKeys, time: OperationTime): AsyncGenerator<WireEntity> {
    const request = this.request({ verb: "list", method: "GET", parents }, time);
    return listEntities(this.client, request, (json) => this.toEntity(request, json));
  }

  /** `GET` on the item → 200 and the entity. */
  private async get(parents: ParentKeys, id: string): Promise<WireEntity> {
    const request = this.request({ verb: "read", method: "GET", parents, id });
    const response = await this.client.send(request);
    return this.toEntity(request, parseJson(response.body));
  }

  /** What was listed before a write, or while it was under way, may not show it. */
  private async writing<T>(parents: ParentKeys, write: () => Promise<T>): Promise<T> {
    this.reader.forget(parents);
    try {
      return await write();
    } finally {
      this.reader.forget(parents);
    }
  }

  private request(
    operation: Omit<Operation, "time">,
    time = this.client.newOperation(operation.verb === "list" ? "read" : operation.verb),
  ): OperationRequest {
    return operationRequest(this.client.graphEndpoint, this.descriptor, { ...operation, time });
  }

  private toEntity(request: OperationRequest, json: unknown): WireEntity {
    const result = readWireEntity(this.descriptor, json);
    if ("entity" in result) return result.entity;
    throw new ShapeError(
      requestFacts(request),
      result.fault,
      `compare it with ${this.descriptor.documentation}`,
      wireId(json),
    );
  }
}
