case $- in *i*) ;; *) return ;; esac
export LANG=${LANG:-C.UTF-8} TERM=${TERM:-xterm-256color}
PS1='\u@\h:\w\$ '
HISTCONTROL=ignoreboth
shopt -s checkwinsize
alias ls='ls --color=auto' ll='ls -l'
complete -W 'status start stop restart hup kill tail patroni get-postgresql-primary get-redis-master pgb-console
  pgb-notify pgb-suspend pgb-resume consul show-config reconfigure help' gitlab-ctl
