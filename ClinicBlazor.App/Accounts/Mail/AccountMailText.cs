namespace ClinicBlazor.App.Accounts.Mail;

/// <summary>Names the resource files with the words of the mails; English is the key.</summary>
public sealed class AccountMailText
{
}
