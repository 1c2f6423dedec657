// The queue: claim after claim by keyboard.
import { judging } from "./judging";

judging();
