import type { ViewReader } from '../file-view';

export function composeReader(gitlabRb: ViewReader): ViewReader {
  return gitlabRb;
}
