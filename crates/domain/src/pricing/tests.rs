mod books;
mod checks;
mod history;
mod packed;
mod precedence;
mod reference;
mod sheet;
mod verdicts;
