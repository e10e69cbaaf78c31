# Login shells get the same PATH as commands started from outside.
export PATH=$PATH:/opt/gitlab/bin:/opt/gitlab/embedded/bin LANG=${LANG:-C.UTF-8}
