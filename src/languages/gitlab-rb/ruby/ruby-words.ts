/**
 * Words Ruby itself answers to in gitlab.rb, where `self` is a module: Kernel, Object, Module, and what the loader's
 * own language adds. None of them is a setting.
 */
const RUBY_WORDS: ReadonlySet<string> = new Set(
  `puts print p pp printf putc warn raise fail abort exit exit! require require_relative load autoload autoload?
  sleep system exec spawn fork rand srand lambda proc loop catch throw binding caller caller_locations at_exit trap
  open gets readline readlines select syscall test sprintf format include extend prepend using refine block_given?
  iterator? local_variables global_variables set_trace_func trace_var untrace_var
  Integer Float String Array Hash Complex Rational URI JSON Pathname BigDecimal j jj y
  attr attr_accessor attr_reader attr_writer define_method alias_method remove_method undef_method
  private public protected private_class_method public_class_method private_constant module_function
  define_singleton_method singleton_method singleton_class method methods public_method public_methods
  instance_method instance_methods instance_eval instance_exec class_eval class_exec module_eval module_exec
  eval from_file send public_send __send__ object_id __id__ __method__ __dir__ __callee__ respond_to?
  instance_variable_get instance_variable_set instance_variable_defined? instance_variables
  const_get const_set const_defined? const_missing constants remove_const class class_variable_get
  class_variable_set class_variables freeze frozen? dup clone itself tap then yield_self inspect to_s hash name
  nil? is_a? kind_of? instance_of? display enum_for to_enum extend gem gem_original_require ancestors
  node edition default configurable config_context config_contexts config_context_list config_context_hash
  config_strict_mode configuration config_parent configurables keys key? save restore reset merge! to_hash
  from_hash from_json from_yaml from_toml from_path apply_nested_hash config_attr_writer internal_get internal_set
  attribute attribute_block role ee_attribute ee_role available_settings settings available_roles hyphenate_config_keys
  sanitized_config generate_config load_roles generate_secrets strip_nils load_edition_settings method_missing`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** True for a word that calls a method of Ruby or of the loader. */
export function isRubyWord(name: string): boolean {
  return RUBY_WORDS.has(name);
}
