// The report page: marks, keys, selecting words.
export {};
