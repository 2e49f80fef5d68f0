namespace ClinicBlazor.Domain.Accounts;

/// <summary>How long mailed links are good for.</summary>
public static class AccountTokens
{
    /// <summary>How long an invitation is good for, in hours.</summary>
    public const int InvitationHours = 72;

    /// <summary>How long a password reset is good for, in minutes.</summary>
    public const int ResetMinutes = 30;
}
