/** Scheme of the read-only documents that show what logs say. */
export const LOG_SCHEME = 'gitlab-ha-lab-log';
