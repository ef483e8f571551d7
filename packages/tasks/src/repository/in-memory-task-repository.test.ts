import { taskRepositoryContract } from "../testing/task-repository-contract.js";
import { InMemoryTaskRepository } from "./in-memory-task-repository.js";

taskRepositoryContract("InMemoryTaskRepository", async () => {
  let time = 0;
  const tasks = new InMemoryTaskRepository({ now: () => time, mutationsKept: 5, mutationsKeptMs: 60_000 });
  return { tasks, setTime: (now) => void (time = now) };
});
