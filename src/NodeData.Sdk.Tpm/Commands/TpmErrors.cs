namespace NodeData.Sdk.Tpm.Commands;

/// <summary>What a response code means for the reading of a secret, and what to do (TPM 2.0 Library, part 2, "TPM_RC").</summary>
internal static class TpmErrors
{
    // Codes about a handle, a session or a parameter have this bit, and say in others which one it was.
    private const uint FormatOneBit = 0x080;
    private const uint FormatOneMask = 0x0BF;

    private const uint AuthFail = 0x08E; // TPM_RC_AUTH_FAIL

    public static string Describe(uint code, TpmHandle handle, TpmSettings settings, bool hasAuthorization)
    {
        var codeText = $"The TPM said 0x{code:X3}.";
        return IsFormatOne(code)
            ? DescribeFormatOne(code & FormatOneMask, codeText, handle, settings, hasAuthorization)
            : DescribeFormatZero(code, codeText, handle);
    }

    /// <summary>Whether the TPM counted the try towards its lock-out.</summary>
    public static bool CountsTowardsLockout(uint code) => IsFormatOne(code) && (code & FormatOneMask) == AuthFail;

    /// <summary>Whether the TPM only could not do it now: TPM_RC_YIELDED, TESTING, NV_RATE, RETRY, NV_UNAVAILABLE.</summary>
    public static bool IsRetryable(uint code) => code is 0x908 or 0x90A or 0x920 or 0x922 or 0x923;

    private static bool IsFormatOne(uint code) => (code & FormatOneBit) != 0;

    private static string DescribeFormatOne(uint error, string codeText, TpmHandle handle, TpmSettings settings, bool hasAuthorization) =>
        error switch
        {
            0x08B => // TPM_RC_HANDLE
            $"the TPM has nothing at {handle}. Provision it (docs/edge.md), or correct the handle; "
                + $"tpm2_getcap {(handle.IsIndex ? "handles-nv-index" : "handles-persistent")} lists those that there are. {codeText}",
            0x08E or 0x0A2 when !hasAuthorization => // and TPM_RC_BAD_AUTH
            $"{handle} asks for an authorisation value, and none is set. Set {settings.AuthorizationSetting} to where it lies. {codeText}",
            AuthFail => $"the TPM refused the authorisation value for {handle}. Correct {settings.AuthorizationSetting}. "
                + $"Each wrong try counts towards the TPM's lock-out, so this value is not sent again before the program restarts. {codeText}",
            0x0A2 => $"the TPM refused the authorisation value for {handle}. Correct {settings.AuthorizationSetting}. "
                + $"The try does not count towards a lock-out. {codeText}",
            0x08A or 0x082 => // TPM_RC_TYPE, TPM_RC_ATTRIBUTES
            $"{handle} is no sealed object. Seal the key (docs/edge.md), or correct the handle. {codeText}",
            0x09D => // TPM_RC_POLICY_FAIL
                $"{handle} asks for a policy, which this client cannot follow. Provision it with an authorisation value (docs/edge.md). {codeText}",
            _ => DescribeUnknown(codeText),
        };

    private static string DescribeFormatZero(uint code, string codeText, TpmHandle handle) =>
        code switch
        {
            0x921 => // TPM_RC_LOCKOUT
                "the TPM is in lock-out, after wrong authorisation values or power cuts: now it refuses the right one too. Wait for its recovery time "
                    + "(tpm2_getcap properties-variable), or run tpm2_dictionarylockout --clear-lockout with the lock-out authorisation. "
                    + $"What is provisioned with noda or no_da (docs/edge.md) is never locked out. {codeText}",
            0x12F or 0x124 => // TPM_RC_AUTH_UNAVAILABLE, TPM_RC_AUTH_TYPE
            $"{handle} cannot be read with an authorisation value, only under a policy, which this client cannot follow. "
                + $"Provision it with userwithauth or authread (docs/edge.md). {codeText}",
            0x149 => $"{handle} cannot be read with this authorisation. Define it with authread (docs/edge.md). {codeText}", // TPM_RC_NV_AUTHORIZATION
            0x148 => $"{handle} is locked against reading until the TPM restarts. Restart the machine. {codeText}", // TPM_RC_NV_LOCKED
            0x14A => $"{handle} was never written. Finish its provisioning (docs/edge.md). {codeText}", // TPM_RC_NV_UNINITIALIZED
            0x100 => $"the TPM was not started. Restart the machine; start a simulator with --flags startup-clear. {codeText}", // TPM_RC_INITIALIZE
            0x101 => $"the TPM is in failure mode. Restart the machine; where that does not help, the TPM is broken. {codeText}", // TPM_RC_FAILURE
            0x01E => $"this is a TPM 1.2. A TPM 2.0 is needed. {codeText}", // TPM_BADTAG of TPM 1.2
            0x902 or 0x903 or 0x904 => // TPM_RC_OBJECT_MEMORY, SESSION_MEMORY, MEMORY
                $"the TPM is short of memory. Use /dev/tpmrm0, and look for who leaves objects in the TPM (tpm2_getcap handles-transient). {codeText}",
            _ when IsRetryable(code) => $"the TPM was busy each time it was asked. The next call tries again. {codeText}",
            _ => DescribeUnknown(codeText),
        };

    private static string DescribeUnknown(string codeText) => $"the TPM refused. {codeText} tpm2_rc_decode explains the code.";
}
