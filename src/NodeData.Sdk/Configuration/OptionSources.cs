namespace NodeData.Sdk.Configuration;

/// <summary>
/// Says where the value of an option stands: at its path in the configuration where it came from there and nobody changed it since, else in the code. Errors
/// name the place that has to be mended.
/// </summary>
internal sealed class OptionSources
{
    private readonly Dictionary<string, (string Path, object? Value)> _configured = [];

    public void Record(string option, string path, object? value) => _configured[option] = (path, value);

    public string GetSettingName(string option, object? value) =>
        _configured.TryGetValue(option, out var configured) && Equals(configured.Value, value)
            ? configured.Path
            : $"NodeClientOptions.{option}";

    /// <summary>As <see cref="Record"/>, for one of the values of an option that holds several.</summary>
    public void RecordElement(string option, int index, string path, object? value) => Record($"{option}[{index}]", path, value);

    /// <summary>As <see cref="GetSettingName"/>, for one of the values of an option that holds several.</summary>
    public string GetElementSettingName(string option, int index, object? value) => GetSettingName($"{option}[{index}]", value);
}
