namespace NodeData.Sdk.Configuration;

/// <summary>
/// Tracks the source of each option value for error messages: the path in the configuration if the value was read from it and has not been changed since;
/// otherwise, the property of <see cref="NodeClientOptions"/>.
/// </summary>
internal sealed class OptionSources
{
    private readonly Dictionary<string, (string Path, object? Value)> _configured = [];

    public void Record(string option, string path, object? value) => _configured[option] = (path, value);

    public string GetSettingName(string option, object? value) =>
        _configured.TryGetValue(option, out var configured) && Equals(configured.Value, value)
            ? configured.Path
            : $"NodeClientOptions.{option}";

    /// <summary>Records the source of one element of an option that is a list.</summary>
    public void RecordElement(string option, int index, string path, object? value) => Record($"{option}[{index}]", path, value);

    /// <summary>Gets the name of the setting for one element of an option that is a list.</summary>
    public string GetElementSettingName(string option, int index, object? value) => GetSettingName($"{option}[{index}]", value);
}
