// The incident page: what its charts and tables do beyond links.
export {};
