case $- in *i*) ;; *) return ;; esac
export LANG=${LANG:-C.UTF-8} TERM=${TERM:-xterm-256color}
PS1='\u@\h:\w\$ '
HISTCONTROL=ignoreboth
shopt -s checkwinsize
alias ls='ls --color=auto' ll='ls -l'
_gitlab_ctl() { if [ "$COMP_CWORD" = 1 ]; then mapfile -t COMPREPLY < <(compgen -W "$(gitlab-ctl --commands)" -- "$2"); fi; }
complete -F _gitlab_ctl gitlab-ctl
