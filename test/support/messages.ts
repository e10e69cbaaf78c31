import { expect } from 'vitest';
import { Message } from '../../src/words/message';

/** Sentences for people are expected by their English text: `toEqual('node2 is paused')`. */
expect.addEqualityTesters([
  (one: unknown, other: unknown) => {
    if (one instanceof Message && typeof other === 'string') return one.toString() === other;
    if (other instanceof Message && typeof one === 'string') return other.toString() === one;
    if (one instanceof Message && other instanceof Message) return one.toString() === other.toString();
    return undefined;
  },
]);
