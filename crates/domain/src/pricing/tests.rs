mod books;
mod checks;
mod history;
mod precedence;
mod reference;
mod sheet;
