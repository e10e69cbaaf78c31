# frozen_string_literal: true

require_relative 'support'
require 'rack/multipart'

# Files that come in a form, as to GitLab.
class AttachmentsTest < StandinTest
  FRAME = 'the-frame-of-the-form'

  def setup = @project = project
  def place = "/api/v4/projects/#{@project['id']}/uploads"

  def form(name, bytes, field: 'file')
    "--#{FRAME}\r\nContent-Disposition: form-data; name=\"#{field}\"; filename=\"#{name}\"\r\n".b +
      "Content-Type: application/octet-stream\r\n\r\n".b + bytes.b + "\r\n--#{FRAME}--\r\n".b
  end

  def send_form(body, token: TOKEN, **more)
    head = token ? { 'HTTP_PRIVATE_TOKEN' => token } : {}
    app.post(place, input: body, 'CONTENT_TYPE' => "multipart/form-data; boundary=#{FRAME}", **head, **more)
  end

  def test_a_file_is_kept_and_answered_as_by_gitlab
    bytes = "\xff\0\r\n%".b
    answer = send_form(form('my notes.txt', bytes))
    made = json(answer)
    row = json(api('GET', "/projects/#{@project['id']}/uploads")).first
    url = "/uploads/#{row['id'].delete('-')}/my_notes.txt"
    assert_equal [201, { 'id' => row['id'], 'alt' => 'my_notes.txt', 'url' => url, 'full_path' => "/-/project/#{@project['id']}#{url}",
                         'markdown' => "[my_notes.txt](#{url})" }], [answer.status, made]
    assert_equal ['my_notes.txt', 5], row.values_at('filename', 'size')
    assert_equal bytes, context.object_store.kept[[:uploads, "#{row['id']}/my_notes.txt"]]
    assert_nil answer['x-standin-ignored']
  end

  def test_names_are_made_plain_and_pictures_are_shown
    {
      'a.PNG' => ['a.PNG', '![a]'], 'dir/ö (1).mp4' => ['ö__1_.mp4', '![ö__1_]'], 'c:\\x\\y.tar.gz' => ['y.tar.gz', '[y.tar.gz]'],
      'png' => ['png', '[png]'], 'a]b.webm' => ['a_b.webm', '![a_b]']
    }.each do |sent, (name, shown)|
      made = json(send_form(form(sent, 'x')))
      assert_equal [name, shown], [made['url'].split('/').last, made['markdown'][/\A!?\[.*?\]/]], sent
    end
    ['..', "#{'a' * 256}.txt"].each { |name| assert_equal [400, '{"error":"file is invalid"}'], send_form(form(name, 'x')).then { |one| [one.status, one.body] } }
  end

  def test_it_is_fetched_by_every_address_it_has
    here = { host: '127.0.0.1:8080', private_token: TOKEN }
    made = json(send_form(form('a.txt', 'bytes')))
    key = "uploads/#{made['id']}/a.txt?for=get_object"
    ["#{place}/#{made['id']}", "#{place.delete_suffix('/uploads')}#{made['url']}"].each do |path|
      assert_equal [302, "https://objects.test/#{key}"], call('GET', path, nil, private_token: TOKEN).then { |one| [one.status, one['location']] }, path
      assert_equal [200, 'bytes'], call('GET', path, nil, **here).then { |one| [one.status, one.body] }, path
      assert_equal 404, call('GET', path).status, 'a stranger'
    end
    pages = [made['full_path'], "/#{@project['path_with_namespace']}#{made['url']}"]
    pages.each { |path| assert_match(%r{\A/users/sign_in}, URI(call('GET', path)['location']).path, path) }
    api('PUT', "/projects/#{@project['id']}", { visibility: 'public' })
    pages.each do |path|
      assert_equal [200, 'bytes', 'attachment; filename="a.txt"'],
                   call('GET', path, nil, host: 'localhost').then { |one| [one.status, one.body, one['content-disposition']] }, path
      assert_equal [404, 404], [path.sub('a.txt', 'b.txt'), path.sub(made['url'][9, 32], '0' * 32)].map { |other| call('GET', other).status }
    end
  end

  def test_what_is_no_file_has_no_right_or_is_too_big_is_refused
    assert_equal [401, 401], [send_form(form('a', 'x'), token: nil), send_form(form('a', 'x'), token: 'glpat-wrong')].map(&:status)
    text = "--#{FRAME}\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ntext\r\n--#{FRAME}--\r\n"
    assert_equal [400, '{"error":"file is invalid"}'], send_form(text).then { |one| [one.status, one.body] }
    assert_equal 400, send_form("--#{FRAME}\r\nbroken").status
    most = Standin::Web::Attachments::MOST
    assert_equal [413, '413 Request Entity Too Large'], send_form('', 'CONTENT_LENGTH' => (most + (2 * 1024 * 1024)).to_s).then { |one| [one.status, json(one)['message']] }
    assert_equal [], json(api('GET', "/projects/#{@project['id']}/uploads"))
  end

  def test_a_file_that_is_just_too_big_is_refused_and_leaves_nothing_on_the_disk
    most = Standin::Web::Attachments::MOST
    body = Tempfile.create(binmode: true)
    start, finish = form('big', '|').split('|', 2)
    [1, 0].each do |more|
      body.truncate(0)
      body.rewind
      body.write(start)
      body.seek(most + more, IO::SEEK_CUR)
      body.write(finish)
      size = body.pos
      body.rewind
      GC.disable
      before = Dir["#{Dir.tmpdir}/RackMultipart*"]
      assert_equal more == 1 ? 413 : 201, send_form(body, 'CONTENT_LENGTH' => size.to_s).status
      assert_equal before, Dir["#{Dir.tmpdir}/RackMultipart*"]
    end
  ensure
    GC.enable
    context.object_store.kept.clear
    body&.close
  end

  def test_nothing_is_listed_that_the_object_store_did_not_take
    context.object_store.away = true
    answer = send_form(form('a', 'x'))
    assert_equal [503, '1'], [answer.status, answer['retry-after']]
    context.object_store.away = false
    assert_equal [], json(api('GET', "/projects/#{@project['id']}/uploads"))
  ensure
    context.object_store.away = false
  end

  def test_nothing_is_listed_that_failed_in_any_other_way
    context.object_store.failure = IOError.new('closed stream')
    assert_equal 500, send_form(form('a', 'x')).status
    assert_equal [[], [false]], [json(api('GET', "/projects/#{@project['id']}/uploads")), rows.select_map(:complete)]
  ensure
    context.object_store.failure = nil
  end

  def rows = context.database.sequel[:uploads].where(project_id: @project['id'])
  def remains = context.database.sequel[:object_remains]

  def complete(id) = context.database.lasting { context.store(Standin::Store::Uploads).complete(id, { id: @project['id'] }) }

  # What is there when Puma was killed between.
  def begun(id = SecureRandom.uuid)
    context.store(Standin::Store::Uploads).start(id, { id: @project['id'] }, 'a.txt', 5)
    context.object_store.put(:uploads, "#{id}/a.txt", 'bytes')
    id
  end

  def test_what_was_begun_is_seen_by_nobody_until_it_is_complete
    id = begun
    addresses = ["#{place}/#{id}", "#{place}/#{id.delete('-')}/a.txt"]
    seen = -> { [json(api('GET', place.delete_prefix('/api/v4'))).size, *addresses.map { |path| call('GET', path, nil, private_token: TOKEN).status }] }
    assert_equal [0, 404, 404], seen.call
    assert_equal [true, true], Array.new(2) { complete(id) }
    assert_equal [1, 302, 302], seen.call
    assert_equal 0, remains.where(prefix: "#{id}/").count
  end

  def test_what_was_begun_and_never_ended_is_swept_when_it_had_its_time
    remains.delete
    sweeper = Standin::Pipeline::Sweeper.new(context)
    made = json(send_form(form('kept.txt', 'kept')))['id']
    id = begun
    assert_equal [0, 2], [sweeper.look, rows.count]
    remains.update(next_at: Time.now - 1)
    assert_equal [1, [made]], [sweeper.look, rows.select_map(:id)]
    assert_equal [false, true], [[:uploads, "#{id}/a.txt"], [:uploads, "#{made}/kept.txt"]].map { |key| context.object_store.kept.key?(key) }
    # What comes too late is looked for once more.
    assert_equal [false, 1], [complete(id), remains.where(prefix: "#{id}/").count]
  end

  def test_what_was_begun_in_a_project_that_is_deleted_meanwhile_is_swept_with_it
    id = begun
    api('DELETE', "/projects/#{@project['id']}")
    assert_equal [false, 1], [complete(id), remains.where(prefix: "#{id}/").count]
  end
end
