using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodeData.Cli.Failures;
using NodeData.Cli.Secrets;

namespace NodeData.Cli.Scan.Ignoring;

/// <summary>
/// The secrets that a scan may meet, <c>.node-data-ignore</c> at the top. Each stands there as a salted hash of itself and its rule: neither a place that
/// could move nor anything to read a secret from. A fast hash will do, because what it hides is long and random; the salt keeps files from being compared.
/// </summary>
internal sealed class IgnoreFile
{
    public const string Name = ".node-data-ignore";

    private const int SaltLength = 16;
    private const int HashLength = 64;
    private const string SaltKeyword = "salt";
    private static readonly SearchValues<char> Whitespace = SearchValues.Create(" \t");
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly string[] FileHeader =
    [
        "# Secrets that `node-data scan` may meet: salted hashes, from which no secret can be read (docs/cli.md).",
        "# `node-data scan --add-ignores REASON` adds what is found.",
    ];
    private readonly string _path;
    private readonly Dictionary<string, IgnoreEntry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _lines = [];
    private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);
    private byte[]? _salt;

    private IgnoreFile(string path) => _path = path;

    /// <summary>The salt; null where there is no file yet.</summary>
    public byte[]? Salt => _salt;

    /// <summary>The ignores that took nothing out so far.</summary>
    public IReadOnlyList<IgnoreEntry> UnusedEntries => [.. _entries.Values.Where(entry => !_used.Contains(entry.Hash))];

    /// <exception cref="CommandFailedException">A line of it cannot be read.</exception>
    public static IgnoreFile Read(string folder)
    {
        var file = new IgnoreFile(Path.Combine(folder, Name));
        if (File.Exists(file._path))
        {
            foreach (var line in File.ReadLines(file._path))
            {
                file._lines.Add(line);
                if (line.TrimStart() is { Length: > 0 } text && text[0] != '#' && !file.TryReadLine(text))
                {
                    throw file.CreateInvalidLineException(file._lines.Count);
                }
            }
        }

        return file;
    }

    /// <summary>Whether a secret is ignored.</summary>
    public bool TryMatch(FoundSecret secret)
    {
        if (_salt is null || !_entries.TryGetValue(ComputeHash(secret, _salt), out var entry))
        {
            return false;
        }

        _used.Add(entry.Hash);
        return true;
    }

    /// <summary>Adds secrets and writes the file.</summary>
    /// <returns>How many were not there before.</returns>
    public int Add(IEnumerable<FoundSecret> secrets, string reason)
    {
        if (_salt is null)
        {
            _salt = RandomNumberGenerator.GetBytes(SaltLength);
            _lines.AddRange(FileHeader);
            _lines.Add($"{SaltKeyword} {Convert.ToHexStringLower(_salt)}");
        }

        var before = _entries.Count;
        foreach (var secret in secrets)
        {
            var entry = new IgnoreEntry(ComputeHash(secret, _salt), secret.Rule.Id, reason);
            if (_entries.TryAdd(entry.Hash, entry))
            {
                Insert(entry);
            }

            _used.Add(entry.Hash);
        }

        Write();
        return _entries.Count - before;
    }

    /// <summary>A hash that tells nothing of the secret to whoever has not the secret itself.</summary>
    public static string ComputeHash(FoundSecret secret, byte[] salt) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes($"{secret.Rule.Id}\n{secret.Reveal()}")));

    private bool TryReadLine(string line)
    {
        var (first, rest) = SplitFirst(line);
        var (second, reason) = SplitFirst(rest);
        if (first == SaltKeyword)
        {
            var isValid = _salt is null && second.Length == SaltLength * 2 && second.All(char.IsAsciiHexDigit) && reason.Length == 0;
            _salt = isValid ? Convert.FromHexString(second) : null;
            return isValid;
        }

        if (_salt is null || first.Length != HashLength || !first.All(char.IsAsciiHexDigit) || SecretRule.FindById(second) is null)
        {
            return false;
        }

        _entries.TryAdd(first, new IgnoreEntry(first, second, reason));
        return true;
    }

    private static (string Word, string Others) SplitFirst(string text)
    {
        var end = text.AsSpan().IndexOfAny(Whitespace);
        return end < 0 ? (text, "") : (text[..end], text[end..].Trim());
    }

    // In the order of the hashes: what two branches add seldom meets at one place.
    private void Insert(IgnoreEntry entry)
    {
        var next = _lines.FindIndex(line =>
            line.Length >= HashLength
            && line.AsSpan(0, HashLength).ContainsAnyExcept(HexDigits) is false
            && string.CompareOrdinal(line[..HashLength], entry.Hash) > 0
        );
        _lines.Insert(next < 0 ? _lines.Count : next, $"{entry.Hash} {entry.Rule} {entry.Reason}");
    }

    // Whole or not at all.
    private void Write()
    {
        var temporaryPath = $"{_path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        File.WriteAllText(temporaryPath, string.Concat(_lines.Select(line => line + "\n")));
        File.Move(temporaryPath, _path, overwrite: true);
    }

    private CommandFailedException CreateInvalidLineException(int line) =>
        CommandFailedException.Usage(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{_path}: line {line} cannot be read. There is one line `salt` with {SaltLength * 2} hexadecimal digits, and below it one `HASH RULE reason` for each secret; "
                    + $"a rule is {string.Join(", ", SecretRule.All.Select(rule => rule.Id))}. Two salts come from a merge: keep one, and add the other's secrets again with --add-ignores."
            )
        );
}
