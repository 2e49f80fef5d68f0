namespace ClinicBlazor.App.Accounts;

/// <summary>Names the resource files with the words of the account pages; English is the key.</summary>
public sealed class AccountsText
{
}
