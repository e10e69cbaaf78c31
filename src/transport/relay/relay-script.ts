/**
 * Perl (what every Debian has of it) that carries many conversations over its standard input and output; the frames are
 * those of `frames.ts`. Each connection costs the node a file, each command one process, where an engine that starts a
 * process in a container does so by several of its own. When its input ends it ends what it started, whole sessions, and
 * goes.
 */
export const RELAY_SCRIPT = String.raw`
use strict; use warnings;
use Errno (); use IO::Handle; use POSIX (); use Socket;

my ($name) = @ARGV;
$0 = $name;
delete $ENV{RELAY};
$SIG{PIPE} = 'IGNORE';
pipe(my $woken, my $wake) or die;
$_->blocking(0) for $woken, $wake;
$SIG{CHLD} = sub { syswrite $wake, 'x' };
STDIN->blocking(0);
STDOUT->blocking(0);

my ($piece, $most) = (65536, 1048576);
my ($connect_s, $retry_s, $drain_s, $half_closed_s) = (10, 0.25, 0.1, 60);
my ($leave_s, $kill_s, $look_s, $reap_s) = (0.7, 0.5, 0.1, 2);
# Processes by number: the channel of each, and the sessions that are being ended.
my ($in, $out, $held, $leaving, %channels, %processes, %ending) = ('', '', 0, 0);

# Seconds, in hundredths; it never jumps.
my $ticks = POSIX::sysconf(POSIX::_SC_CLK_TCK());
sub now { (POSIX::times())[0] / $ticks }

sub frame { my ($type, $id, $data) = @_; $out .= pack('aNN', $type, $id, length $data) . $data unless $leaving }
sub busy { $!{EAGAIN} || $!{EINTR} || $!{EWOULDBLOCK} }

sub drop {
  my ($id) = @_;
  my $channel = delete $channels{$id} or return;
  close $_ for grep { $_ } @$channel{qw(read error write connecting)};
}
sub over { my ($id, $code) = @_; frame('q', $id, $code); drop($id) }
sub refused { my ($id, $why) = @_; frame('r', $id, $why); drop($id) }

sub connect_now {
  my ($id) = @_;
  my $channel = $channels{$id};
  delete $channel->{retry_at};
  my $unix = defined $channel->{path};
  my $address = $unix ? eval { pack_sockaddr_un($channel->{path}) } : $channel->{address};
  socket(my $socket, $unix ? PF_UNIX : PF_INET, SOCK_STREAM, 0) or return refused($id, "unreachable\0$!");
  $socket->blocking(0);
  if (!$unix) {
    setsockopt($socket, Socket::IPPROTO_TCP(), Socket::TCP_NODELAY(), 1);
    setsockopt($socket, SOL_SOCKET, SO_KEEPALIVE, 1);
  }
  return refused($id, "unreachable\0no such address") unless defined $address;
  if (connect($socket, $address)) { return connected($id, $socket) }
  if ($!{EINPROGRESS}) {
    $channel->{connecting} = $socket;
    $channel->{give_up_at} = now() + $connect_s;
  } else { not_connected($id, $!) }
}
sub not_connected {
  my ($id, $why) = @_;
  local $! = $why;
  my $channel = $channels{$id};
  close delete $channel->{connecting} if $channel->{connecting};
  # Somebody listens at this path, and many wait already to be accepted.
  if ($!{EAGAIN} && now() < ($channel->{give_up_at} //= now() + $connect_s)) { $channel->{retry_at} = now() + $retry_s; return }
  if (now() + $retry_s <= $channel->{patient_until}) { $channel->{retry_at} = now() + $retry_s; return }
  my $nobody = $!{ECONNREFUSED} || $!{ENOENT};
  refused($id, ($nobody ? 'refused' : 'unreachable') . "\0$!");
}
sub connected {
  my ($id, $socket) = @_;
  my $channel = $channels{$id};
  delete $channel->{connecting};
  @$channel{qw(read write)} = ($socket, $socket);
  frame('o', $id, '');
}

sub start {
  my ($id, $text) = @_;
  my ($count, @words) = split /\0/, $text, -1;
  my @env = splice @words, 0, $count;
  my @pipes;
  for (0 .. 2) {
    pipe(my $from, my $to) or return refused($id, "unreachable\0$!");
    push @pipes, [$from, $to];
  }
  my $pid = fork;
  return refused($id, "unreachable\0$!") unless defined $pid;
  if ($pid == 0) {
    POSIX::setsid();
    @SIG{qw(PIPE CHLD)} = ('DEFAULT', 'DEFAULT');
    POSIX::dup2(fileno $pipes[0][0], 0);
    POSIX::dup2(fileno $pipes[$_][1], $_) for 1, 2;
    for (@env) { my ($key, $value) = split /=/, $_, 2; $ENV{$key} = $value }
    no warnings 'exec';
    exec { $words[0] } @words or POSIX::_exit($!{ENOENT} ? 127 : 126);
  }
  close $_ for $pipes[0][0], $pipes[1][1], $pipes[2][1];
  my %channel = (buffer => '', pid => $pid, write => $pipes[0][1], read => $pipes[1][0], error => $pipes[2][0]);
  $_->blocking(0) for @channel{qw(write read error)};
  $channels{$id} = \%channel;
  $processes{$pid} = $id;
  frame('o', $id, '');
}

# Who is left of a command: its session, in which there may be groups of their own.
sub members {
  my ($leader) = @_;
  my %members;
  $members{$leader} = 1 if $processes{$leader};
  opendir(my $proc, '/proc') or return keys %members;
  for my $pid (grep { /^[0-9]+$/ } readdir $proc) {
    open(my $stat, '<', "/proc/$pid/stat") or next;
    sysread $stat, my $text, 4096 or next;
    $members{$pid} = 1 if $text =~ /.*\) [^ZX] \d+ \d+ (\d+) /s && $1 == $leader;
  }
  return keys %members;
}
sub end_process {
  my ($channel) = @_;
  return if !$channel->{pid} || $channel->{told};
  $channel->{told} = 1;
  kill 'TERM', members($channel->{pid});
  $ending{$channel->{pid}} = { look_at => now() + $look_s, kill_at => now() + $kill_s };
}
sub end_sessions {
  for my $leader (keys %ending) {
    my $ending = $ending{$leader};
    next if now() < $ending->{look_at};
    my @left = members($leader);
    if (!@left) { delete $ending{$leader}; next }
    kill 'KILL', @left if now() >= $ending->{kill_at};
    $ending->{look_at} = now() + $look_s;
  }
}

sub take {
  my ($type, $id, $data) = @_;
  my $channel = $channels{$id};
  if ($type eq 'T' || $type eq 'U') {
    my ($together, $patience, $where, $port) = split /\0/, $data, -1;
    my %channel = (buffer => '', together => $together, patient_until => now() + $patience / 1000);
    if ($type eq 'U') { $channel{path} = $where }
    else { my $ip = inet_aton($where); $channel{address} = pack_sockaddr_in($port, $ip) if defined $ip }
    $channels{$id} = \%channel;
    connect_now($id);
  }
  elsif ($type eq 'S') { start($id, $data) }
  elsif ($type eq 'P') { frame('h', 0, '') }
  elsif (!$channel) { return }
  elsif ($type eq 'D') { $channel->{buffer} .= $data if grep { $channel->{$_} } qw(write connecting retry_at) }
  elsif ($type eq 'E') { $channel->{ending} = 1 }
  elsif ($type eq 'X') { if ($channel->{pid}) { end_process($channel) } else { drop($id) } }
}

# One direction has ended: the other one too, once it is silent for long.
sub half_closed {
  my ($channel) = @_;
  $channel->{silence_s} = $channel->{together} ? $drain_s : $half_closed_s;
  $channel->{over_at} = now() + $channel->{silence_s};
}
sub stir { my ($channel) = @_; $channel->{over_at} = now() + $channel->{silence_s} if $channel->{over_at} }

# What is to be written has been, and no more comes: the far side is told so.
sub end_writing {
  my ($id) = @_;
  my $channel = $channels{$id};
  my $socket = delete $channel->{write};
  if ($channel->{pid}) { close $socket; return }
  shutdown $socket, 1;
  return over($id, '') unless $channel->{read};
  half_closed($channel);
}
sub write_some {
  my ($id) = @_;
  my $channel = $channels{$id};
  my $written = syswrite $channel->{write}, $channel->{buffer};
  if (defined $written) { substr($channel->{buffer}, 0, $written, ''); stir($channel) }
  # Nobody reads any more; what the far side still says is heard.
  elsif (!busy()) { $channel->{buffer} = ''; $channel->{ending} = 1 }
}
sub read_some {
  my ($id, $side) = @_;
  my $channel = $channels{$id};
  my $read = sysread $channel->{$side}, my $data, $piece;
  if ($read) { stir($channel); return frame($side eq 'read' ? 'd' : 'e', $id, $data) }
  return if !defined $read && busy();
  if ($channel->{pid}) { close delete $channel->{$side}; $channel->{closed_at} = now() }
  else {
    delete $channel->{read};
    frame('z', $id, '');
    return over($id, '') if $channel->{together} || !$channel->{write};
    half_closed($channel);
  }
}
sub open_outputs { my ($channel) = @_; return grep { $channel->{$_} } qw(read error) }
sub look_after {
  my ($id) = @_;
  my $channel = $channels{$id};
  my $now = now();
  connect_now($id) if $channel->{retry_at} && $now >= $channel->{retry_at};
  if ($channel->{connecting} && $now >= $channel->{give_up_at}) { not_connected($id, &Errno::ETIMEDOUT) }
  # What is not read is not silent.
  if ($held) { stir($channel); $channel->{ended_at} = $now if defined $channel->{code} }
  return over($id, '') if $channel->{over_at} && $now >= $channel->{over_at};
  return if !defined $channel->{code} || $ending{$channel->{pid}};
  return over($id, $channel->{code}) if $channel->{told} || !open_outputs($channel);
  # A process that was left behind may hold its outputs for ever; what was said before is in them, a piece at most.
  return if $now < $channel->{ended_at} + $drain_s;
  read_some($id, $_) for open_outputs($channel);
  over($id, $channel->{code});
}

sub leave {
  return if $leaving;
  $leaving = now();
  $out = '';
  for (values %channels) { close delete $_->{write} if $_->{pid} && $_->{write} }
}
sub ended_children {
  sysread $woken, my $ignored, $piece;
  while ((my $pid = waitpid -1, POSIX::WNOHANG()) > 0) {
    my $code = $? & 127 ? 128 + ($? & 127) : $? >> 8;
    my $id = delete $processes{$pid};
    my $channel = defined $id ? $channels{$id} : undef;
    $ending{$pid}{look_at} = 0 if $ending{$pid};
    @$channel{qw(code ended_at)} = ($code, now()) if $channel;
  }
}

sub hear {
  my $got = sysread STDIN, $in, $piece, length $in;
  leave() if defined $got ? $got == 0 : !busy();
  while (length $in >= 9) {
    my ($type, $id, $length) = unpack 'aNN', $in;
    last if length $in < 9 + $length;
    my $data = substr $in, 9, $length;
    substr($in, 0, 9 + $length, '');
    take($type, $id, $data);
  }
}

frame('h', 0, '');
while (!$leaving || %processes || %ending) {
  my ($read, $write, $wait) = ('', '', undef);
  my $soon = sub { my $s = $_[0] - now() + 0.01; $s = 0 if $s < 0; $wait = $s if !defined $wait || $s < $wait };
  vec($read, fileno $woken, 1) = 1;
  vec($read, 0, 1) = 1 unless $leaving;
  vec($write, 1, 1) = 1 if length $out;
  $held = length $out > $most;
  $soon->($_->{look_at}) for values %ending;
  # Perl tells of a child's end between two of its steps, so one that comes just before it sleeps wakes nobody.
  $soon->(now() + $reap_s) if %processes;
  for my $id (keys %channels) {
    my $channel = $channels{$id};
    end_writing($id) if $channel->{write} && $channel->{ending} && !length $channel->{buffer};
    next unless $channels{$id};
    if ($leaving && !$channel->{told}) {
      if (now() >= $leaving + $leave_s) { end_process($channel) } else { $soon->($leaving + $leave_s) }
    }
    $soon->($channel->{$_}) for grep { $channel->{$_} } qw(retry_at over_at);
    $soon->($channel->{give_up_at}) if $channel->{connecting};
    if (defined $channel->{code}) { $soon->($channel->{ended_at} + $drain_s) unless $held || $channel->{told} }
    elsif ($channel->{closed_at} && now() < $channel->{closed_at} + 1) { $soon->(now() + 0.05) unless open_outputs($channel) }
    vec($write, fileno $channel->{connecting}, 1) = 1 if $channel->{connecting};
    vec($write, fileno $channel->{write}, 1) = 1 if $channel->{write} && length $channel->{buffer};
    next if $held;
    vec($read, fileno $channel->{$_}, 1) = 1 for open_outputs($channel);
  }
  my $ready = select my $can_read = $read, my $can_write = $write, undef, $wait;
  if ($ready > 0) {
    for my $id (keys %channels) {
      my $channel = $channels{$id};
      if ($channel->{connecting} && vec $can_write, fileno $channel->{connecting}, 1) {
        my $socket = $channel->{connecting};
        my $why = unpack 'i', getsockopt $socket, SOL_SOCKET, SO_ERROR;
        if ($why) { not_connected($id, $why) } else { connected($id, $socket) }
        next;
      }
      write_some($id) if $channel->{write} && length $channel->{buffer} && vec $can_write, fileno $channel->{write}, 1;
      for my $side (qw(read error)) {
        next unless $channels{$id} && $channel->{$side};
        read_some($id, $side) if vec $can_read, fileno $channel->{$side}, 1;
      }
    }
    # What is opened now may get the number of a file that was closed: it is none of those looked at above.
    hear() if vec $can_read, 0, 1;
    if (length $out && vec $can_write, 1, 1) {
      my $written = syswrite STDOUT, $out;
      if (defined $written) { substr($out, 0, $written, '') } elsif (!busy()) { leave() }
    }
  }
  ended_children();
  end_sessions();
  look_after($_) for keys %channels;
}
`;
