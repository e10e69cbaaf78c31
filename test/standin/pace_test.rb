# frozen_string_literal: true

require_relative 'support'
require 'open3'

# How long the client waits by which faults are measured, for an answer and between two. It is written in Python, as all of `probe`.
class PaceTest < Minitest::Test
  PROGRAM = <<~PYTHON
    import json, sys
    sys.dont_write_bytecode = True
    sys.path.insert(0, "/opt/gitlab/lab")
    from probe_gitlab import Pace
    pace = Pace(3, 0.5)
    told = [(pace.patience, pace.between)]
    for well, took in json.loads(sys.argv[1]):
        pace.note(well, took if took is not None else pace.patience)
        told.append((pace.patience, pace.between))
    print(json.dumps(told))
  PYTHON
  # Given up when the time was over.
  SILENT = [false, nil].freeze

  def pace(*noted)
    said, status = Open3.capture2('python3', '-c', PROGRAM, JSON.generate(noted))
    assert status.success?
    JSON.parse(said)
  end

  def patience(*noted) = pace(*noted).map(&:first)
  def between(*noted) = pace(*noted).map(&:last)

  def test_on_a_quick_machine_it_is_what_was_told
    assert_equal [3] * 4, patience([true, 0.4], [true, 0.9], [false, 0.1])
  end

  def test_who_has_never_been_served_waits_longer_each_time
    assert_equal [3, 6, 12, 15, 15], patience(SILENT, SILENT, SILENT, SILENT)
  end

  def test_where_it_takes_long_it_is_waited_for
    assert_equal [3, 6, 15, 7.5], patience(SILENT, [true, 5.0], [true, 2.5])
  end

  def test_an_outage_makes_nobody_slow_and_ends_soon
    assert_equal [3] * 4 + [3, 6, 6, 3], patience([true, 0.5], SILENT, SILENT, SILENT, SILENT, SILENT, [true, 0.5])
  end

  def test_replicas_have_time_after_a_write_and_nobody_waits_after_a_failure
    assert_equal [0.5, 0.5, 2, 6, 0.5, 0.5, 0.5], between([true, 0.1], [true, 0.5], [true, 4], SILENT, [false, 0.1], [true, 0.1])
  end

  def test_who_is_refused_at_once_comes_again_as_before
    assert_equal [3] * 7, patience([true, 0.5], SILENT, SILENT, [false, 0.1], SILENT, SILENT)
  end
end
