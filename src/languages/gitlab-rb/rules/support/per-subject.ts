import type { GitlabRbSubject } from '../../subject';

/** A view of a file that several rules ask for: made once for each file, gone with it. */
export function perSubject<T extends object>(
  make: (subject: GitlabRbSubject) => T,
): (subject: GitlabRbSubject) => T {
  const made = new WeakMap<GitlabRbSubject, T>();
  return (subject) => {
    const known = made.get(subject);
    if (known !== undefined) return known;
    const view = make(subject);
    made.set(subject, view);
    return view;
  };
}
