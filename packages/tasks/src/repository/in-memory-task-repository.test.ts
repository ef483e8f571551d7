import { taskRepositoryContract } from "../testing/task-repository-contract.js";
import { InMemoryTaskRepository } from "./in-memory-task-repository.js";

taskRepositoryContract("InMemoryTaskRepository", async () => {
  let time = 0;
  return { tasks: new InMemoryTaskRepository(() => time), setTime: (now) => void (time = now) };
});
