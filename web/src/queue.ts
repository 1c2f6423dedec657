// The queue: claim after claim by keyboard.
export {};
