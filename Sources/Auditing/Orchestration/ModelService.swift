import Inventory

/// Whether an application is a service of language models, which every agent calls and which tells
/// nothing of its task.
func isModelService(_ name: String) -> Bool { modelVendor(ofService: name) != nil }

/// The vendor behind a service of language models; `nil` for any other application.
func modelVendor(ofService name: String) -> String? {
  phrases(of: name).compactMap { rankOfService[$0] }.min().map { modelServices[$0].vendor }
}

/// The vendor that makes a language model, by the model's name; `nil` where the name does not tell.
func modelVendor(ofModel name: String) -> String? {
  // "gpt41" is of the family "gpt".
  let parts = Set(words(of: name).map { word in String(word.prefix { !$0.isNumber }) })
  let openAI: Set = ["o1", "o3", "o4"]
  if !openAI.isDisjoint(with: words(of: name)) { return "OpenAI" }
  return modelFamilies.first { !parts.isDisjoint(with: $0.words) }?.vendor
}

/// Whether a vendor makes the models that its service answers with, so that a model of another maker comes from
/// elsewhere.
func isModelMaker(_ vendor: String) -> Bool { modelFamilies.contains { $0.vendor == vendor } }

private let rankOfService: [String: Int] = Dictionary(
  modelServices.enumerated().flatMap { rank, service in service.names.map { ($0, rank) } },
  uniquingKeysWith: { first, _ in first })

/// First match counts.
private let modelServices: [(names: [String], vendor: String)] = [
  (["azureopenai", "azure openai", "azure open ai", "azure ai"], "OpenAI through Microsoft Azure"),
  (["openai", "open ai", "chatgpt", "chat gpt"], "OpenAI"),
  (["anthropic", "claude"], "Anthropic"),
  (["gemini", "vertex ai", "vertexai"], "Google"),
  (["bedrock"], "Amazon Bedrock"),
  (["mistral"], "Mistral AI"),
  (["cohere"], "Cohere"),
  (["groq"], "Groq"),
  (["openrouter", "open router"], "OpenRouter"),
  (["huggingface", "hugging face"], "Hugging Face"),
  (["ollama"], "own machines (Ollama)"),
  (["deepseek", "deep seek"], "DeepSeek"),
  (["perplexity"], "Perplexity"),
  (["watsonx ai"], "IBM"),
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
