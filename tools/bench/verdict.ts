/** One line per promise: what was measured, what was promised. */
export function printVerdict(promise: string, measured: string, isKept: boolean): void {
  console.log(`${isKept ? 'kept  ' : 'MISSED'}  ${promise}: ${measured}`);
}

export function printTitle(title: string): void {
  console.log(`\n── ${title}`);
}
