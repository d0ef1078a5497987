using System.Collections;
using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace NodeData.Sdk.Tests.Secrets;

/// <summary>Searches everything that the client outputs for the secret part of keys, in every encoding in which it may leak.</summary>
internal sealed class SecretLeakDetector(params string[] secrets)
{
    private const int MinTraceLength = 8;

    private readonly StringBuilder _output = new();

    /// <summary>Adds text. Thread-safe, because listeners are called on other threads.</summary>
    public void Add(string? text)
    {
        lock (_output)
        {
            _output.AppendLine(text);
        }
    }

    /// <summary>Adds an exception as a log prints it, with its inner exceptions and data.</summary>
    public void Add(Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            Add(inner.ToString());
            Add(inner.Message);
            foreach (DictionaryEntry entry in inner.Data)
            {
                Add($"{entry.Key} {entry.Value}");
            }

            if (inner is NodeDataApiException apiException)
            {
                Add(apiException.Body);
                Add(string.Join(' ', apiException.Details.Select(detail => $"{detail.Key} {detail.Value}")));
            }
        }
    }

    /// <summary>Adds an object as text, as JSON, and as a debugger shows it.</summary>
    public void AddObject(object value)
    {
        Add(value.ToString());
        Add(JsonSerializer.Serialize(value, value.GetType()));
        Add(value.GetType().GetCustomAttribute<DebuggerDisplayAttribute>()?.Value);
        foreach (var property in value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
        {
            Add($"{property.Name} {property.GetValue(value)}");
        }

        foreach (var field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
        {
            var hidden = field.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State is DebuggerBrowsableState.Never;
            Add(hidden ? field.Name : $"{field.Name} {field.GetValue(value)}");
        }
    }

    /// <summary>
    /// Finds every trace of a secret: any eight consecutive characters of its secret part, as plain text, UTF-16, base64, hex or percent-encoded.
    /// </summary>
    public IReadOnlyList<string> Find()
    {
        var output = GetText();
        return
        [
            .. secrets
                .SelectMany(secret => GetTraces(secret))
                .Where(trace => output.Contains(trace, StringComparison.OrdinalIgnoreCase))
                .Distinct(),
        ];
    }

    private string GetText()
    {
        lock (_output)
        {
            return _output.ToString();
        }
    }

    private static IEnumerable<string> GetTraces(string secret)
    {
        var part = secret["nd_test_".Length..];
        for (var start = 0; start + MinTraceLength <= part.Length; start++)
        {
            yield return part.Substring(start, MinTraceLength);
        }

        for (var shift = 0; shift < 3; shift++)
        {
            // Within a longer text, base64 depends on the offset of the secret; its first and last characters also encode the surrounding text.
            var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string(' ', shift) + secret));
            yield return base64[8..^4];
        }

        yield return Convert.ToBase64String(Encoding.Unicode.GetBytes(secret))[4..^4];
        yield return Convert.ToHexString(Encoding.UTF8.GetBytes(part));
        yield return string.Concat(part.Select(character => $"{character}\0"));
        yield return Uri.EscapeDataString(secret);
    }
}
