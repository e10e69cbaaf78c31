import type { Scope } from '../scope';

/** A variable with the scope it lives in. */
export const VARIABLE_NAME = /^(proc|p?sess|p?txn|p?req|p?res|check)\.[A-Za-z0-9_.]+$/;

/** Variables begin with the scope they live in. */
export function checkVariable(scope: Scope, span: { start: number; end: number }, name: string): boolean {
  if (VARIABLE_NAME.test(name)) return true;
  const message = `"${name}" is no variable: the scope is missing or a character is not allowed.`;
  scope.report(
    'expression',
    span,
    message,
    'Write proc., sess., txn., req., res. or check. and letters, digits, "_", ".".',
  );
  return false;
}
