using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicBlazor.Domain.Data.Migrations.Postgres
{
    /// <summary>Addenda keep the name of their author, and a record asks the audit trail how many it got.</summary>
    public partial class AddendumAuthorNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "AuthorName",
                table: "Addenda",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Form",
                table: "Addenda",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Addenda",
                table: "AuditEntries",
                column: "RecordId",
                filter: "\"Act\" = 'AddendumAdded'");

            migrationBuilder.LetKeysOfAuthorNamesChange();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.KeepKeysOfAuthorNames();

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Addenda",
                table: "AuditEntries");

            migrationBuilder.DropColumn(
                name: "AuthorName",
                table: "Addenda");

            migrationBuilder.DropColumn(
                name: "Form",
                table: "Addenda");
        }
    }
}
