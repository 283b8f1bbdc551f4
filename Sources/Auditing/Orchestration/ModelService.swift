import Inventory

/// Whether an application is a service of language models, which every agent calls and which tells
/// nothing of its task.
func isModelService(_ name: String) -> Bool { modelVendor(ofService: name) != nil }

/// The vendor behind a service of language models; `nil` for any other application.
func modelVendor(ofService name: String) -> String? {
  let key = nameKey(name)
  return modelServices.first { key.hasPrefix($0.key) || (key.count < 60 && key.contains($0.key)) }?
    .vendor
}

/// The vendor that makes a language model, by the model's name; `nil` where the name does not tell.
func modelVendor(ofModel name: String) -> String? {
  // "gpt41" is of the family "gpt".
  let parts = Set(words(of: name).map { word in String(word.prefix { !$0.isNumber }) })
  let openAI: Set = ["o1", "o3", "o4"]
  if !openAI.isDisjoint(with: words(of: name)) { return "OpenAI" }
  return modelFamilies.first { !parts.isDisjoint(with: $0.words) }?.vendor
}

private let modelServices: [(key: String, vendor: String)] = [
  ("azureopenai", "OpenAI through Microsoft Azure"), ("openai", "OpenAI"), ("chatgpt", "OpenAI"),
  ("anthropic", "Anthropic"), ("googlegemini", "Google"), ("vertexai", "Google"),
  ("gemini", "Google"),
  ("bedrock", "Amazon Bedrock"), ("mistral", "Mistral AI"), ("cohere", "Cohere"), ("groq", "Groq"),
  ("openrouter", "OpenRouter"), ("huggingface", "Hugging Face"),
  ("ollama", "own machines (Ollama)"),
  ("deepseek", "DeepSeek"), ("perplexity", "Perplexity"), ("watsonx", "IBM"),
]

private let modelFamilies: [(words: Set<String>, vendor: String)] = [
  (["gpt", "chatgpt", "davinci", "whisper", "openai"], "OpenAI"),
  (["claude", "anthropic"], "Anthropic"),
  (["gemini", "gemma", "palm", "bison"], "Google"),
  (["llama", "meta"], "Meta"),
  (["mistral", "mixtral", "codestral", "ministral"], "Mistral AI"),
  (["command", "cohere"], "Cohere"),
  (["deepseek"], "DeepSeek"),
  (["qwen"], "Alibaba"),
  (["granite", "ibm"], "IBM"),
  (["nova", "titan", "amazon"], "Amazon"),
  (["grok"], "xAI"),
  (["phi"], "Microsoft"),
]
