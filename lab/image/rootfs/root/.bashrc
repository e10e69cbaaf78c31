case $- in *i*) ;; *) return ;; esac
export LANG=${LANG:-C.UTF-8} TERM=${TERM:-xterm-256color}
PS1='\u@\h:\w\$ '
HISTCONTROL=ignoreboth
shopt -s checkwinsize
alias ls='ls --color=auto' ll='ls -l'
command_not_found_handle() {
  case $1 in
    gitlab-rake | praefect) echo "$1: belongs to a service that this node does not run; \`gitlab-ha status\` says where it does" >&2 ;;
    *) echo "bash: $1: command not found" >&2 ;;
  esac
  return 127
}
_gitlab_ctl() {
  local words
  if [ "$COMP_CWORD" = 1 ]; then words=$(gitlab-ctl --commands); else words=$(gitlab-ctl --words "${COMP_WORDS[1]}"); fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$2")
}
complete -F _gitlab_ctl gitlab-ctl
