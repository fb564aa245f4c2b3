// libedit's el_wset, el_wget and history_w take a variable number of arguments, which Swift cannot call.
// Each wrapper here is one such call with its arguments spelled out. Standard streams cross here too.
#ifndef GAN_CEDIT_SHIM_H
#define GAN_CEDIT_SHIM_H

#include <histedit.h>
#include <stdio.h>
#include <wchar.h>

typedef wchar_t *(*cedit_prompt)(EditLine *);
typedef int (*cedit_reader)(EditLine *, wchar_t *);
typedef unsigned char (*cedit_command)(EditLine *, wint_t);

static inline FILE *cedit_stdin(void) { return stdin; }
static inline FILE *cedit_stdout(void) { return stdout; }
static inline FILE *cedit_stderr(void) { return stderr; }

// The line editor.
static inline int cedit_set_prompt(EditLine *el, cedit_prompt prompt, wchar_t escape) {
    return el_wset(el, EL_PROMPT_ESC, prompt, escape);
}
static inline int cedit_set_reader(EditLine *el, cedit_reader reader) { return el_wset(el, EL_GETCFN, reader); }
static inline int cedit_set_editor(EditLine *el, const wchar_t *name) { return el_wset(el, EL_EDITOR, name); }
static inline int cedit_is_vi(EditLine *el) {
    const wchar_t *name = NULL;
    return el_wget(el, EL_EDITOR, &name) == 0 && name != NULL && name[0] == L'v';
}
static inline int cedit_set_signals(EditLine *el, int handled) { return el_wset(el, EL_SIGNAL, handled); }
static inline int cedit_set_history(EditLine *el, HistoryW *history) {
    return el_wset(el, EL_HIST, history_w, history);
}
static inline int cedit_set_client(EditLine *el, void *client) { return el_wset(el, EL_CLIENTDATA, client); }
static inline void *cedit_client(EditLine *el) {
    void *client = NULL;
    el_wget(el, EL_CLIENTDATA, &client);
    return client;
}
static inline int cedit_add_command(EditLine *el, const wchar_t *name, const wchar_t *help, cedit_command command) {
    return el_wset(el, EL_ADDFN, name, help, command);
}
static inline int cedit_bind(EditLine *el, const wchar_t *key, const wchar_t *command) {
    return el_wset(el, EL_BIND, key, command, NULL);
}
// vi's command mode has a key table of its own.
static inline int cedit_bind_alternative(EditLine *el, const wchar_t *key, const wchar_t *command) {
    return el_wset(el, EL_BIND, L"-a", key, command, NULL);
}
// While a command runs, the terminal does not write ^C into what it prints.
static inline int cedit_hide_control_echo(EditLine *el) { return el_wset(el, EL_SETTY, L"-x", L"-echoctl", NULL); }
static inline int cedit_prepare_terminal(EditLine *el, int raw) { return el_wset(el, EL_PREP_TERM, raw); }
static inline int cedit_redraw(EditLine *el) { return el_wset(el, EL_REFRESH); }

// The history.
static inline int cedit_history_set_size(HistoryW *history, int size) {
    HistEventW event;
    return history_w(history, &event, H_SETSIZE, size);
}
static inline int cedit_history_set_unique(HistoryW *history, int unique) {
    HistEventW event;
    return history_w(history, &event, H_SETUNIQUE, unique);
}
static inline int cedit_history_enter(HistoryW *history, const wchar_t *line) {
    HistEventW event;
    return history_w(history, &event, H_ENTER, line);
}
static inline int cedit_history_load(HistoryW *history, const char *path) {
    HistEventW event;
    return history_w(history, &event, H_LOAD, path);
}
static inline int cedit_history_save(HistoryW *history, const char *path) {
    HistEventW event;
    return history_w(history, &event, H_SAVE, path);
}

#endif
