import { afterAll } from "vitest";
import { closeOpened } from "../opened.js";

afterAll(closeOpened);
