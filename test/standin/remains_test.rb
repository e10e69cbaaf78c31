# frozen_string_literal: true

require_relative 'support'

# What a deleted project leaves in the object store.
class RemainsTest < StandinTest
  def setup
    context.database.sequel[:object_remains].delete
    @sweeper = Standin::Pipeline::Sweeper.new(context)
    @project = context.store(Standin::Store::Projects).find(project['id'])
    @other = project['id']
    @jobs = [@project, context.store(Standin::Store::Projects).find(@other)].map do |one|
      context.store(Standin::Store::Jobs).ensure(one, root, ref: 'main', sha: SecureRandom.hex(20))[:id]
    end
    @upload = json(api('POST', "/projects/#{@project[:id]}/uploads", { filename: 'a', size: 1 }))['id']
    @gone = [[:artifacts, "#{@jobs[0]}/archive.tar"], [:artifacts, "#{@jobs[0]}/job.log"], [:uploads, "#{@upload}/a"], [:lfs, "#{@project[:id]}/0f/0f/x"]]
    @kept = [[:artifacts, "#{@jobs[1]}/archive.tar"], [:artifacts, "#{@jobs[0]}0/job.log"], [:lfs, "#{@other}/0f/0f/x"], [:uploads, "#{@jobs[0]}/a"]]
    [*@gone, *@kept].each { |kind, key| context.object_store.put(kind, key, 'bytes') }
  end

  def teardown = context.object_store.away = false

  def there(all) = all & context.object_store.kept.keys
  def sweep = 3.times.sum { @sweeper.look }
  def later = context.database.sequel[:object_remains].update(next_at: Time.now - 1)

  def test_its_objects_go_and_those_of_others_stay
    assert_equal 0, sweep
    assert_equal 202, api('DELETE', "/projects/#{@project[:id]}").status
    assert_equal [4, [], @kept], [sweep, there(@gone), there(@kept)]
  end

  def test_what_comes_afterwards_by_a_link_that_still_holds_goes_too_and_then_nothing_is_left_to_do
    api('DELETE', "/projects/#{@project[:id]}")
    sweep
    context.object_store.put(*@gone.last, 'bytes')
    assert_equal [0, @gone.last(1)], [sweep, there(@gone)]
    due = context.database.sequel[:object_remains].get(Sequel.lit('extract(epoch FROM min(next_at) - now())'))
    assert_in_delta Standin::Store::Remains::SETTLED_S, due, 5
    later
    assert_equal [1, [], 0], [sweep, there(@gone), context.database.sequel[:object_remains].count]
  end

  def test_an_object_store_that_is_away_is_asked_again
    api('DELETE', "/projects/#{@project[:id]}")
    context.object_store.away = true
    assert_raises(Standin::Objects::ObjectStore::Unavailable) { @sweeper.look }
    assert_equal @gone, there(@gone)
    context.object_store.away = false
    # What failed lets the others go first.
    others = sweep
    assert_includes [2, 3], others
    later
    assert_equal [4 - others, []], [sweep, there(@gone)]
  end

  def test_who_may_not_delete_leaves_nothing_to_be_deleted
    assert_equal 401, call('DELETE', "/api/v4/projects/#{@project[:id]}").status
    assert_equal [0, @gone], [sweep, there(@gone)]
  end
end
