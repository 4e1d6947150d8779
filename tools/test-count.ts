export interface TestCount {
  passed: number;
  failed: number;
  skipped: number;
}
