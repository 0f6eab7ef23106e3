/**
 * The ids this process knows to belong to a resource of the run. A row that answers the description of a lost create is
 * taken only if nobody has it yet: two resources may declare the same values.
 */
export class Claims {
  private readonly ids = new Set<string>();

  claim(id: string): void {
    this.ids.add(id);
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }
}
