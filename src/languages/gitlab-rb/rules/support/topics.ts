/** Headings of the index of rules. */
export const LOADER_TOPIC = 'Ruby and the loader';
export const REMOVED_TOPIC = 'Removed settings and roles';
export const ACCESS_TOPIC = 'Address, nginx and who may look in';
export const REFUSED_TOPIC = 'Values the package refuses';
