;;; Run by editors.mjs in an Emacs without any configuration. Prints a line for each check, as neovim.lua does.  -*- lexical-binding: t -*-
(require 'json)
(package-initialize)
(unless (require 'eglot nil t)
  (princ "skipped emacs: it has no eglot\n")
  (kill-emacs 0))
(require 'flymake)

(defvar expected
  (with-temp-buffer
    (insert-file-contents (getenv "DAEMONLINT_EXPECTED"))
    (let ((json-object-type 'alist) (json-array-type 'list) (json-key-type 'string))
      (json-read))))

(defun expected-at (&rest keys)
  (let ((value expected))
    (dolist (key keys value) (setq value (cdr (assoc key value))))))

;; Debian's Emacs brings no mode for YAML.
(define-derived-mode scene-yaml-mode fundamental-mode "YAML")
(setq eglot-server-programs `((scene-yaml-mode . ,(expected-at "command")))
      eglot-sync-connect 30
      eglot-autoshutdown nil
      eglot-send-changes-idle-time 0
      flymake-no-changes-timeout 0
      make-backup-files nil
      create-lockfiles nil)
(put 'scene-yaml-mode 'eglot-language-id "yaml")

(defun say (format &rest arguments)
  (princ (concat (apply #'format format arguments) "\n")))

(defmacro check (name &rest body)
  `(condition-case why
       (progn ,@body (say "ok %s" ,name))
     (error (say "FAILED %s: %s" ,name
                 (replace-regexp-in-string "\n" ", " (error-message-string why))))))

(defun scene-path (name)
  (expand-file-name name (expected-at "folder")))

;; The folder is the project.
(defun scene-project (directory)
  (when (string-prefix-p (expected-at "folder") (expand-file-name directory))
    (cons 'scene (file-name-as-directory (expected-at "folder")))))
(setq project-find-functions '(scene-project))
(cl-defmethod project-root ((project (head scene))) (cdr project))

(defun scene-open (name)
  (find-file (scene-path name))
  (scene-yaml-mode)
  (unless (eglot-current-server) (apply #'eglot (eglot--guess-contact)))
  (unless (bound-and-true-p eglot--managed-mode) (eglot--managed-mode 1))
  (current-buffer))

(defun scene-wait (seconds holds)
  (let ((end (+ (float-time) seconds)) (done nil))
    (while (and (not (setq done (funcall holds))) (< (float-time) end))
      (accept-process-output nil 0.05))
    done))

;; What stands at the start of each message, and where: columns count characters.
(defun scene-found ()
  (flymake-start)
  (sort (mapcar (lambda (one)
                  (save-excursion
                    (goto-char (flymake-diagnostic-beg one))
                    (format "%d:%d %s" (1- (line-number-at-pos)) (- (point) (line-beginning-position))
                            (let ((text (flymake-diagnostic-text one)))
                              (if (string-match "\\([a-z0-9-]+/\\)?[a-z0-9]+\\(-[a-z0-9]+\\)+" text) text text)))))
                (flymake-diagnostics))
        #'string<))

(defun scene-missing (name without)
  (let ((found (scene-found)) (missing nil) (count 0))
    (dolist (one (expected-at "findings" name))
      (unless (equal (cdr (assoc "code" one)) without)
        (setq count (1+ count))
        (let ((place (format "%d:%d " (cdr (assoc "line" one)) (cdr (assoc "codePoint" one))))
              (message (cdr (assoc "message" one))))
          (unless (cl-some (lambda (text) (and (string-prefix-p place text) (string-search message text))) found)
            (push (concat place (cdr (assoc "code" one))) missing)))))
    (unless (= count (length found))
      (push (format "%d findings instead of %d: %S" (length found) count found) missing))
    missing))

(defun scene-shows (name &optional without)
  (unless (scene-wait 15 (lambda () (null (scene-missing name without))))
    (error "%S" (scene-missing name without))))

(defun scene-request (method params)
  (jsonrpc-request (eglot-current-server) method params :timeout 15))

(defun scene-place (line character)
  (list :line line :character character))

(defun scene-apply (params)
  (let* ((actions (scene-request :textDocument/codeAction params))
         (action (and (> (length actions) 0) (aref actions 0))))
    (unless action (error "No action is offered"))
    (unless (plist-get action :edit)
      (setq action (scene-request :codeAction/resolve action)))
    (let ((eglot-confirm-server-initiated-edits nil))
      (if (version< emacs-version "29") 
          (eglot--apply-workspace-edit (plist-get action :edit))
        (eglot--apply-workspace-edit (plist-get action :edit) this-command)))
    (eglot--signal-textDocument/didChange)))

(defun scene-restore (text)
  (erase-buffer)
  (insert text)
  (eglot--signal-textDocument/didChange))

(defvar agent nil)
(defvar original nil)
(check "shows what the command finds, at its places"
  (setq agent (scene-open "agent.yaml"))
  (setq original (buffer-string))
  (scene-shows "agent.yaml"))

(check "shows what the API server refuses"
  (scene-open "rejected.yaml")
  (scene-shows "rejected.yaml")
  (kill-buffer))

(check "shows nothing in a template of a chart"
  (scene-open "chart/templates/daemonset.yaml")
  (scene-wait 1 (lambda () nil))
  (when (scene-found) (error "%S" (scene-found)))
  (set-buffer-modified-p nil)
  (kill-buffer))

(switch-to-buffer agent)

(check "describes a field"
  (let* ((place (expected-at "places" "hover"))
         (result (scene-request :textDocument/hover
                                (list :textDocument (eglot--TextDocumentIdentifier)
                                      :position (scene-place (cdr (assoc "line" place)) (cdr (assoc "character" place)))))))
    (unless (string-search (expected-at "words" "hover") (format "%S" result))
      (error "Found %S" result))))

(check "applies an action"
  (let* ((one (cl-find "service-account-alias" (expected-at "findings" "agent.yaml")
                       :key (lambda (one) (cdr (assoc "code" one))) :test #'equal))
         (place (scene-place (cdr (assoc "line" one)) (cdr (assoc "character" one)))))
    (scene-apply (list :textDocument (eglot--TextDocumentIdentifier)
                       :range (list :start place :end place)
                       :context (list :diagnostics [] :only ["quickfix"])))
    (unless (string-search "serviceAccountName: agent" (buffer-string))
      (error "The buffer holds %S" (buffer-string)))
    (unless (scene-wait 15 (lambda () (not (cl-some (lambda (text) (string-search "deprecated alias" text)) (scene-found)))))
      (error "The finding stays"))))

(check "fixes all, as --fix does"
  (scene-restore original)
  (let ((start (scene-place 0 0)))
    (scene-apply (list :textDocument (eglot--TextDocumentIdentifier)
                       :range (list :start start :end start)
                       :context (list :diagnostics [] :only ["source.fixAll.daemonlint"])))
    (unless (equal (buffer-string) (expected-at "fixed" "agent.yaml"))
      (error "The buffer holds %S" (buffer-string)))))

(check "completes a field"
  (scene-restore original)
  (goto-char (point-min))
  (forward-line (expected-at "places" "completion"))
  (insert (expected-at "words" "typed") "\n")
  (forward-char -1)
  (eglot--signal-textDocument/didChange)
  (let* ((result (scene-request :textDocument/completion
                                (list :textDocument (eglot--TextDocumentIdentifier)
                                      :position (scene-place (expected-at "places" "completion")
                                                             (length (expected-at "words" "typed"))))))
         (items (append (if (vectorp result) result (plist-get result :items)) nil)))
    (unless (cl-some (lambda (item) (equal (plist-get item :label) (expected-at "words" "completion"))) items)
      (error "Offered: %S" (mapcar (lambda (item) (plist-get item :label)) items)))))

(check "takes a configuration that is saved in the editor"
  (switch-to-buffer agent)
  (scene-restore original)
  (scene-open "daemonlint.config.yaml")
  (goto-char (point-max))
  (insert (format "rules: { %s: off }\n" (expected-at "turnedOff")))
  (save-buffer)
  (switch-to-buffer agent)
  (scene-shows "agent.yaml" (expected-at "turnedOff")))

(check "ends with the editor"
  (let ((server (eglot-current-server)))
    (eglot-shutdown server nil 5)
    (when (jsonrpc-running-p server) (error "The server goes on"))))
(dolist (buffer (buffer-list)) (with-current-buffer buffer (set-buffer-modified-p nil)))
(kill-emacs 0)
