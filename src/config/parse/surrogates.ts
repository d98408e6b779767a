/** Half of a character outside the first plane. With the flag `u` a pair counts as its character: what matches is alone. */
export const loneSurrogate = /[\ud800-\udfff]/u;
