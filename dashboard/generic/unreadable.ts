/** What was typed where it cannot be read as the field's kind: kept, so that nothing typed is lost, and never sent. */
export class Unreadable {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
