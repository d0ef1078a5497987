namespace NodeData.Sdk.Configuration;

/// <summary>
/// Says where the value of an option stands: at its path in the configuration where it came from there and nobody changed it since, else in the code. Errors
/// name the place that has to be mended.
/// </summary>
internal sealed class OptionNames
{
    private readonly Dictionary<string, (string Path, object? Value)> _configured = [];

    public void Note(string option, string path, object? value) => _configured[option] = (path, value);

    public string Of(string option, object? value) =>
        _configured.TryGetValue(option, out var configured) && Equals(configured.Value, value)
            ? configured.Path
            : $"NodeClientOptions.{option}";

    /// <summary>As <see cref="Note"/>, for one of the values of an option that holds several.</summary>
    public void NoteElement(string option, int index, string path, object? value) => Note($"{option}[{index}]", path, value);

    /// <summary>As <see cref="Of"/>, for one of the values of an option that holds several.</summary>
    public string OfElement(string option, int index, object? value) => Of($"{option}[{index}]", value);
}
