if [ -f ~/.bashrc ]; then . ~/.bashrc; fi
case $- in *i*) if [ "$(id -u)" = 0 ] && [ -t 1 ]; then cat /etc/motd; fi ;; esac
