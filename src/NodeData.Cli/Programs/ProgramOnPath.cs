namespace NodeData.Cli.Programs;

/// <summary>Where a program lies. Looked for here, because starting a bare name would also find one in the working folder.</summary>
internal static class ProgramOnPath
{
    /// <summary>The full path of the first one on the PATH; null where there is none.</summary>
    /// <param name="name">The program's name, without a suffix.</param>
    /// <param name="windowsSuffixes">The suffixes that it may have on Windows, the preferred one first.</param>
    public static string? Find(string name, params string[] windowsSuffixes) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .SelectMany(folder =>
                (OperatingSystem.IsWindows() ? windowsSuffixes : [""]).Select(suffix => Path.Combine(folder, name + suffix))
            )
            .FirstOrDefault(File.Exists);
}
