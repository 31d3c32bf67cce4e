/** Properties that objects have for a while in place of what they have themselves or inherit. */
export class Overrides {
  private readonly done: { readonly target: object; readonly key: string; readonly own?: PropertyDescriptor }[] = [];

  /** @returns whether the object took it; a frozen one does not. */
  set(target: object, key: string, descriptor: PropertyDescriptor): boolean {
    const own = Object.getOwnPropertyDescriptor(target, key);
    if (!Reflect.defineProperty(target, key, { ...descriptor, configurable: true })) return false;
    this.done.push({ target, key, own });
    return true;
  }

  /** Leaves every object as it was found. */
  restore(): void {
    for (const { target, key, own } of this.done.splice(0).reverse()) {
      if (own) Object.defineProperty(target, key, own);
      else Reflect.deleteProperty(target, key);
    }
  }
}
