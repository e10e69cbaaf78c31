import { interpolate, type Variables } from './interpolation';

/** A tag of GitLab's own images, e.g. `17.5.2-ee.0`, and of copies that keep its form. */
const OF_GITLAB = /^v?(\d{1,3}\.\d{1,3})(?:\.\d+)?(?:-rc\d+)?-(?:ee|ce|jh)\.\d+/;
const OF_ANYTHING = /^v?(\d{1,3}\.\d{1,3})(?:\.\d+)?(?![\d.])/;

/**
 * The version of GitLab in an image, e.g. `17.5` for `registry.example.com:5000/gitlab/gitlab-ee:17.5.2-ee.0@sha256:…`.
 * @param image as a compose file writes it
 * @returns undefined for a tag that moves (`latest`), a digest alone, an unknown variable, or somebody's own numbers
 */
export function imageVersion(image: string, variables: Variables): string | undefined {
  const [reference = ''] = interpolate(image, variables)?.trim().split('@') ?? [];
  const path = reference.slice(reference.lastIndexOf('/') + 1);
  const [name = '', tag = ''] = path.split(':');
  const own = OF_GITLAB.exec(tag)?.[1];
  if (own !== undefined) return own;
  // An image of one's own may have numbers of its own.
  return /^gitlab-(?:ee|ce|jh)$/.test(name) ? OF_ANYTHING.exec(tag)?.[1] : undefined;
}
