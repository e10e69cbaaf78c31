/** Whoever asks while an answer is on its way gets that one; once it is there, or has failed, the next one asks anew. */
export function meanwhileShared<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => {
    asked ??= ask().finally(() => {
      asked = undefined;
    });
    return asked;
  };
}
