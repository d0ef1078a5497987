namespace NodeData.Sdk.Tpm.Connecting;

/// <summary>The address of a character device, preferably the kernel's resource manager, which serves several programs at once.</summary>
internal sealed record DeviceAddress(string Path) : TpmAddress
{
    public override Stream Open(CancellationToken cancellationToken)
    {
        FileStream stream;
        try
        {
            // Unbuffered: a command must be one write, and the first read must be large enough for the whole response.
            stream = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new NodeDataConfigurationException(DescribeFailure(failure), failure);
        }

        if (!stream.CanSeek)
        {
            return stream;
        }

        stream.Dispose();
        throw new NodeDataConfigurationException(
            $"{Path} is not a TPM but a file or another device. Correct the path; the usual path is /dev/tpmrm0."
        );
    }

    public override string ToString() => Path;

    private string DescribeFailure(Exception failure) =>
        failure switch
        {
            FileNotFoundException or DirectoryNotFoundException =>
                $"the device {Path} does not exist. Check that the TPM is enabled in the firmware and that 'ls /dev/tpm*' shows it. In a container, pass "
                    + $"--device {Path}. For a simulator, set {TpmSettings.AddressVariable} to swtpm:host=127.0.0.1,port=2321.",
            UnauthorizedAccessException =>
                $"this user has no permission on {Path}. Add it to the group of the device, usually tss (usermod -aG tss USER, then log in again; "
                    + "SupplementaryGroups=tss in a systemd unit).",
            _ =>
                $"{Path} cannot be opened ({failure.GetType().Name}, {failure.HResult}). Another program may be using it: /dev/tpmrm0 serves several programs "
                    + "at once, /dev/tpm0 only one.",
        };
}
