namespace Bf.Sources.Files;

/// <summary>Neither a column nor the file's name gives the symbol.</summary>
public sealed class SymbolException(string message) : FormatException(message);
