type Entry = { readonly at: number; readonly order: number; readonly run: () => void };

/** Virtual time: it only moves from one thing that is to happen to the next; what falls together keeps its order. */
export class Clock {
  now = 0;
  private readonly heap: Entry[] = [];
  private nextOrder = 0;

  after(wait: number, run: () => void): void {
    this.heap.push({ at: this.now + Math.max(0, wait), order: this.nextOrder++, run });
    this.rise(this.heap.length - 1);
  }

  /** Let the next thing happen; false when there is none. */
  tick(): boolean {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (!first || !last) return false;
    if (this.heap.length > 0) {
      this.heap[0] = last;
      this.sink(0);
    }
    this.now = first.at;
    first.run();
    return true;
  }

  private rise(at: number): void {
    for (let child = at; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (!this.swap(parent, child)) return;
      child = parent;
    }
  }

  private sink(at: number): void {
    for (let parent = at; ; ) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2];
      const child = right < this.heap.length && this.isBefore(right, left) ? right : left;
      if (child >= this.heap.length || !this.swap(parent, child)) return;
      parent = child;
    }
  }

  private isBefore(a: number, b: number): boolean {
    const [one, other] = [this.heap[a], this.heap[b]];
    if (!one || !other) return false;
    return one.at < other.at || (one.at === other.at && one.order < other.order);
  }

  /** Put the earlier one above; whether they changed places. */
  private swap(parent: number, child: number): boolean {
    const [above, below] = [this.heap[parent], this.heap[child]];
    if (!above || !below || !this.isBefore(child, parent)) return false;
    this.heap[parent] = below;
    this.heap[child] = above;
    return true;
  }
}
